/** Of the command line; it is that of the packages. */
export const VERSION = '0.1.0';
