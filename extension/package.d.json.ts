/** What the code reads of `package.json`. */
declare const manifest: { readonly version: string };
export default manifest;
