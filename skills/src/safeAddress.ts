const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Whether secrets may be sent to an address (a `URL`): encrypted, or to this machine. */
export function isSafeAddress({
  protocol,
  hostname
}: {
  readonly protocol: string;
  readonly hostname: string;
}): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
