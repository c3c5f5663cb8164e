// Gives each chunk of the program the constant data that only it reads.
//
// wasm-split-cli leaves all constant data in the module that every page fetches, the console's words and the recogniser's tables among
// them, wherever setting them in another order would make them longer. Here no byte changes its address: a constant that the main module
// neither names nor reaches from another constant is taken out of it, and written by the chunks that read it when they arrive.
//
// What the linker noted down says which address belongs to which symbol (relocations, tool-conventions/Linking.md). Which module uses
// it is read off the modules themselves: every address stands in their code as a number of five bytes, as the linker left it. A number
// that only looks like an address keeps a constant where it was; nothing can make one be missed.
import { readFileSync, writeFileSync } from 'node:fs';

const [CUSTOM, CODE, DATA, DATA_COUNT] = [0, 10, 11, 12];
/** Relocations with an address: LEB and SLEB in code, a word in data. */
const ADDRESSES = new Set([3, 4, 5]);
/** Relocations that carry an addend. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);

class Reader {
  constructor(bytes, at = 0) { this.bytes = bytes; this.at = at; }
  byte() { return this.bytes[this.at++]; }
  unsigned() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  signed() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return byte & 64 ? value - scale * 128 : value;
    }
  }
  take(length) { this.at += length; return this.bytes.subarray(this.at - length, this.at); }
  text() { return Buffer.from(this.take(this.unsigned())).toString(); }
}

const unsigned = value => {
  const bytes = [];
  do { bytes.push(value % 128 + (value >= 128 ? 128 : 0)); value = Math.floor(value / 128); } while (value);
  return bytes;
};
const signed = value => {
  for (const bytes = []; ;) {
    const low = ((value % 128) + 128) % 128;
    value = (value - low) / 128;
    if (value === 0 && low < 64 || value === -1 && low >= 64) return [...bytes, low];
    bytes.push(low + 128);
  }
};

/** The sections of a module, in order: id, name of a custom one, content. */
function sections(module) {
  const reader = new Reader(module, 8), found = [];
  while (reader.at < module.length) {
    const id = reader.byte(), content = reader.take(reader.unsigned());
    const inside = new Reader(content);
    found.push(id === CUSTOM ? { id, name: inside.text(), content, body: inside.at } : { id, content, body: 0 });
  }
  return found;
}

const only = (all, id, name) => all.find(section => section.id === id && section.name === name);

/** Active segments of memory 0: address, place in the section, bytes. */
function segments(section) {
  const reader = new Reader(section.content), found = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    if (reader.unsigned() !== 0 || reader.byte() !== 0x41) throw new Error('a data segment of another kind');
    const address = reader.signed();
    if (reader.byte() !== 0x0b) throw new Error('a data segment at no constant address');
    const length = reader.unsigned(), place = reader.at;
    found.push({ address, place, bytes: reader.take(length) });
  }
  return found;
}

/** Start and end of every data symbol by its index, and the names of the segments. */
function linked(section, all) {
  const reader = new Reader(section.content, section.body), symbols = [], names = [];
  reader.unsigned();
  while (reader.at < section.content.length) {
    const kind = reader.byte(), length = reader.unsigned(), end = reader.at + length;
    for (let left = kind === 5 || kind === 8 ? reader.unsigned() : 0; left > 0; left--) {
      if (kind === 5) {
        names.push(reader.text());
        reader.unsigned();
        reader.unsigned();
      } else {
        symbols.push(symbol(reader, all));
      }
    }
    reader.at = end;
  }
  return { symbols, names };
}

function symbol(reader, all) {
  const [UNDEFINED, NAMED] = [0x10, 0x40];
  const kind = reader.byte(), flags = reader.unsigned();
  if (kind === 1) {
    reader.text();
    if (flags & UNDEFINED) return undefined;
    const segment = reader.unsigned(), start = all[segment]?.address + reader.unsigned();
    return { segment, start, end: start + reader.unsigned() };
  }
  reader.unsigned();
  if (kind !== 3 && (!(flags & UNDEFINED) || flags & NAMED)) reader.text();
  return undefined;
}

/** Relocations with an address: where they stand in their section, and symbol and number they stand for. */
function relocations(section, symbols) {
  const reader = new Reader(section.content, section.body), found = [];
  reader.unsigned();
  for (let left = reader.unsigned(); left > 0; left--) {
    const type = reader.byte(), place = reader.unsigned(), index = reader.unsigned();
    const addend = WITH_ADDEND.has(type) ? reader.signed() : 0;
    if (ADDRESSES.has(type) && symbols[index]) found.push({ place, symbol: symbols[index], value: symbols[index].start + addend });
  }
  return found;
}

/** Every number of five bytes in code, with sign and without: what the linker could have written an address as. */
function numbers(code) {
  const found = new Set();
  for (let at = 0; at + 5 <= code.length; at++) {
    if ((code[at] & code[at + 1] & code[at + 2] & code[at + 3] & 128) && code[at + 4] < 128) {
      found.add(new Reader(code, at).unsigned());
    }
  }
  return found;
}

/** Symbols that a module reaches: those its code names, and those that these point to. */
function reached(module, byValue, pointers) {
  const found = new Set(), left = [];
  for (const number of numbers(only(sections(module), CODE).content)) left.push(...byValue.get(number) ?? []);
  while (left.length) {
    const symbol = left.pop();
    if (found.has(symbol)) continue;
    found.add(symbol);
    left.push(...pointers.get(symbol) ?? []);
  }
  return found;
}

/** Runs of bytes for which `is` holds, as segments; a short gap costs less than a new segment. */
function runs(segment, is) {
  const found = [], { address, bytes } = segment;
  for (let at = 0, last = -1; at < bytes.length; at++) {
    if (!is(address + at)) continue;
    if (found.length && at - last < 8) found.at(-1).end = at + 1;
    else found.push({ start: at, end: at + 1 });
    last = at;
  }
  return found.map(({ start, end }) => ({ address: address + start, bytes: bytes.subarray(start, end) }));
}

/** The module with these data segments in place of its own. */
function withData(module, list) {
  const section = (id, content) => Buffer.concat([Buffer.from([id, ...unsigned(content.length)]), content]);
  const segment = ({ address, bytes }) => Buffer.concat([Buffer.from([0, 0x41, ...signed(address), 0x0b, ...unsigned(bytes.length)]), bytes]);
  const data = Buffer.concat([Buffer.from(unsigned(list.length)), ...list.map(segment)]);
  const parts = sections(module).map(({ id, content }) => section(id, id === DATA ? data : id === DATA_COUNT ? Buffer.from(unsigned(list.length)) : content));
  return Buffer.concat([module.subarray(0, 8), ...parts]);
}

/** Moves the data of `linkedFile`, the program as it was linked, between the files it was split into. */
export function moveData(linkedFile, mainFile, chunkFiles) {
  const whole = sections(readFileSync(linkedFile)), data = only(whole, DATA);
  const all = segments(data), { symbols, names } = linked(only(whole, CUSTOM, 'linking'), all);
  const byValue = new Map();
  for (const { value, symbol } of relocations(only(whole, CUSTOM, 'reloc.CODE'), symbols)) byValue.set(value, (byValue.get(value) ?? new Set()).add(symbol));
  const pointers = pointersOf(relocations(only(whole, CUSTOM, 'reloc.DATA'), symbols), symbols, all);
  const constant = new Set(names.flatMap((name, index) => name.startsWith('.rodata') ? [all[index].address] : []));

  const main = readFileSync(mainFile), kept = reached(main, byValue, pointers);
  const chunks = chunkFiles.map(file => ({ file, module: readFileSync(file), added: [] }));
  chunks.forEach(chunk => { chunk.reached = reached(chunk.module, byValue, pointers); });
  const ours = segments(only(sections(main), DATA));
  const left = ours.flatMap(segment => {
    if (!constant.has(segment.address)) return [segment];
    const owned = bytesOf(segment, symbols, symbol => kept.has(symbol) || !chunks.some(chunk => chunk.reached.has(symbol)));
    const known = bytesOf(segment, symbols, () => true);
    const stays = at => owned.has(at) || !known.has(at);
    for (const chunk of chunks) {
      const read = bytesOf(segment, symbols, symbol => chunk.reached.has(symbol));
      chunk.added.push(...runs(segment, at => read.has(at) && !stays(at)));
    }
    return runs(segment, stays);
  });
  writeFileSync(mainFile, withData(main, left));
  for (const { file, module, added } of chunks) {
    if (added.length) writeFileSync(file, withData(module, [...segments(only(sections(module), DATA)), ...added]));
  }
}

function bytesOf(segment, symbols, is) {
  const found = new Set();
  for (const symbol of symbols) {
    if (!symbol || symbol.start < segment.address || symbol.end > segment.address + segment.bytes.length || !is(symbol)) continue;
    for (let at = symbol.start; at < symbol.end; at++) found.add(at);
  }
  return found;
}

/** What each symbol points to, from the words in it. */
function pointersOf(words, symbols, all) {
  const pointers = new Map(), sorted = symbols.filter(Boolean).sort((a, b) => a.start - b.start);
  const address = place => {
    const segment = all.find(each => place >= each.place && place < each.place + each.bytes.length);
    return segment.address + place - segment.place;
  };
  for (const word of words) {
    const at = address(word.place);
    for (const symbol of sorted) {
      if (symbol.start > at) break;
      if (at < symbol.end) pointers.set(symbol, [...pointers.get(symbol) ?? [], word.symbol]);
    }
  }
  return pointers;
}
