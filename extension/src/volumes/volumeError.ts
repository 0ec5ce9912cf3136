/**
 * A refused or failed operation on a volume. JupyterLab reads `response.status`
 * (404 not there, 409 taken, 403 read only) to offer the right dialog.
 */
export class VolumeError extends Error {
  constructor(status: number, message: string) {
    super(message);
    this.name = 'VolumeError';
    this.response = { status };
  }

  readonly response: { readonly status: number };
}
