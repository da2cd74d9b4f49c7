// This classic script runs before the first paint, so that a dark page never flashes white.
(() => {
  const kept = localStorage.getItem('jishi.theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
