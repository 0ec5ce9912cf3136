/**
 * Milliseconds that notifications are in sight which have no button: without a number
 * JupyterLab shows none at all, and `false` covers what is beneath until it is dismissed.
 * All of them stay in the list behind the bell of the status bar. `offer`: those with a
 * button, which people need time to reach.
 */
export const STAYS = {
  note: 6_000,
  warning: 10_000,
  offer: 10_000,
  error: 15_000
} as const;
