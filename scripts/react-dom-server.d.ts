/** The one function of `react-dom/server` that is used here; its own types are a package of their own. */
declare module 'react-dom/server' {
  import type { ReactNode } from 'react';
  export function renderToStaticMarkup(node: ReactNode): string;
}
