/** First argument by which the bundle knows that it is the process that answers calls. */
export const CALLS_ARGUMENT = 'calls-of-llmos';
