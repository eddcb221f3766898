// What a person sees before the app runs: the name on paper, and a way on when the app cannot start.
(() => {
  const PATIENCE_MS = 20000;
  const show = failed => {
    const notice = document.getElementById('boot-failed');
    if (notice) notice.hidden = !failed;
  };
  const timer = setTimeout(show, PATIENCE_MS, true);

  // Trunk's loader says so once the app has drawn itself.
  addEventListener('TrunkApplicationStarted', () => {
    clearTimeout(timer);
    document.getElementById('boot')?.remove();
  });
  // A script, style or wasm file that cannot be had, or a browser that cannot run it.
  addEventListener('error', event => {
    if (event.target === window || event.target?.tagName === 'SCRIPT') show(true);
  }, true);
  addEventListener('unhandledrejection', () => show(true));
})();
