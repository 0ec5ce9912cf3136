/** Whether a drive says that there is no such file; JupyterLab's drives give a status. */
export function isMissing(reason: unknown): boolean {
  const { response } = (reason ?? {}) as { response?: { status?: unknown } };
  return response?.status === 404;
}
