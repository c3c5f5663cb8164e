// What a visitor with a flood does to the others: slow connections held open, and large posts.
// usage: node benches/flood.mjs hold|post http://127.0.0.1:3000
//   hold: opens 200 connections with half a head and 200 with half a body, says "held", and keeps them until it is ended
//   post: twenty posts of 250 MB at once, on the form and on the sign-in page; prints the statuses
import { connect } from 'node:net';

const [what, site = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const { hostname: host, port } = new URL(site);
const film = '--x\r\nContent-Disposition: form-data; name="tep"; filename="phim.mp4"\r\n\r\n';
const head = (path, length) => `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${length}\r\n\r\n`;

async function hold() {
  const begin = words => new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(words, () => resolve(socket)));
    socket.on('error', reject);
    // what the other side says is read, so that it is not the one who waits
    socket.resume();
  });
  for (let turn = 0; turn < 200; turn++) {
    await begin('GET / HTTP/1.1\r\nHost: lo');
    await begin(head('/gui-phan-anh?loai=hanh_vi', 9e6) + film);
  }
  console.log('held');
}

function post(path) {
  const piece = Buffer.alloc(1 << 20, 'x'), pieces = 250;
  return new Promise(resolve => {
    let answer = '', sent = 0;
    const socket = connect(port, host);
    socket.write(head(path, film.length + pieces * piece.length + 9) + film);
    const more = () => { while (sent < pieces) { sent++; if (!socket.write(piece)) return; } if (sent === pieces) { sent++; socket.write('\r\n--x--\r\n'); } };
    socket.on('drain', more);
    socket.on('data', data => { answer += data; resolve(answer.slice(9, 12)); socket.destroy(); });
    socket.on('error', () => resolve(answer.slice(9, 12) || 'reset'));
    socket.on('close', () => resolve(answer.slice(9, 12) || 'closed'));
    more();
  });
}

if (what === 'hold') await hold();
else if (what === 'post') {
  const paths = Array.from({ length: 20 }, (_, turn) => turn % 2 ? '/quan-tri/dang-nhap' : '/gui-phan-anh?loai=hanh_vi');
  console.log((await Promise.all(paths.map(post))).join(' '));
  process.exit();
} else throw new Error('hold or post?');
