/** uPlot as npm ships it: the file server answers this address with the library's own module. */
export { default } from 'uplot';
