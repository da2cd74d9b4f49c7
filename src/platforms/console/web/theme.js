// Before the first paint, so that a dark page never flashes white. A classic script for that reason.
(() => {
  const kept = localStorage.getItem('jishi.theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
