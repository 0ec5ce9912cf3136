/** First argument by which the bundle knows that it is the process that runs skills. */
export const EXECUTOR_ARGUMENT = 'executor-of-llmos';
