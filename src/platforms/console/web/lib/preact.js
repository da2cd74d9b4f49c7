/** Preact as npm ships it: the file server answers this address with the library's own module. */
export { cloneElement, h, render } from 'preact';
