/** Scripts for bare engines, packed as text by `scripts/bundle.mjs`. */
declare module 'engine:*' {
  const script: string;
  export default script;
}
