/* Starts the program once the page is idle or a field is touched; never under Save-Data, nor on engines that cannot run it, nor where the page has nothing for it. */
(function () {
  var data = document.currentScript.dataset, started = false;
  function able() {
    try {
      if (navigator.connection && navigator.connection.saveData) return false;
      // reference types and bulk memory, both of which the module uses: (func (param externref)) and memory.fill
      return WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11]));
    } catch (e) { return false; }
  }
  // in document order: what an island inside another reads from it must be there
  function wake(module, node, around) {
    if (node.localName === "leptos-island") {
      if (around) around();
      module[node.dataset.component](node);
    } else if (node.localName === "leptos-children") around = node.$$on_hydrate;
    for (var child = node.firstElementChild; child; child = child.nextElementSibling) wake(module, child, around);
  }
  function start() {
    if (started) return;
    started = true;
    import(data.js).then(function (module) {
      return module.default({ module_or_path: data.wasm }).then(function () {
        if (data.start === "console") return module.console();
        module.islands();
        wake(module, document.body);
      });
    }).then(function () { document.documentElement.dataset.ready = "1"; }).catch(function () { /* the page works without it */ });
  }
  if (!data.js || !able()) return;
  if (data.start !== "console" && !document.querySelector("leptos-island, form[data-command]")) { document.documentElement.dataset.ready = "1"; return; }
  addEventListener("focusin", function (event) { if (event.target.form) start(); });
  function idle() { if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 4000 }); else setTimeout(start, 1500); }
  if (document.readyState === "complete") idle(); else addEventListener("load", idle);
})();
