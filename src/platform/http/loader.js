/* Starts the program once the page is idle or a field is touched; never under Save-Data, nor on engines that cannot run it. */
(function () {
  var data = document.currentScript.dataset, started = false, page = location.pathname + location.search;
  function able() {
    try {
      if (navigator.connection && navigator.connection.saveData) return false;
      // reference types and bulk memory, both of which the module uses: (func (param externref)) and memory.fill
      return WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11]));
    } catch (e) { return false; }
  }
  // Back or Forward to a page that was changed in place, in a document that was loaded since: without the program nobody else shows it
  addEventListener("popstate", function () {
    if (document.documentElement.dataset.ready !== "1" && location.pathname + location.search !== page) location.reload();
  });
  function start() {
    if (started) return;
    started = true;
    import(data.js).then(function (module) {
      return module.default({ module_or_path: data.wasm }).then(function () {
        return data.start === "console" ? module.console() : module.islands(module);
      });
    }).then(function () { document.documentElement.dataset.ready = "1"; }).catch(function () { /* the page works without it */ });
  }
  if (!data.js || !able()) return;
  addEventListener("focusin", function (event) { if (event.target.form) start(); });
  function idle() { if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 4000 }); else setTimeout(start, 1500); }
  if (document.readyState === "complete") idle(); else addEventListener("load", idle);
})();
