/** The few globals that browsers, workers and Node share and that ES2022 lacks. */
declare function setInterval(callback: () => void, ms: number): number;
declare function clearInterval(id: number | undefined): void;
