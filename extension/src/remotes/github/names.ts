import type { VolumeRepository } from '../../volumes/repository';

/**
 * Which commits have another hash on the server than here, kept as refs of the volume.
 * That is so for commits whose bytes JSON cannot carry (a signature, a message that ends
 * in spaces), and for those on top of them; their trees are the same.
 */
export class CommitNames {
  /** @param place as `placeRef` names it */
  static async open(repository: VolumeRepository, place: string): Promise<CommitNames> {
    const prefix = `refs/llmos/github/${place}/`;
    return new CommitNames(repository, prefix, await repository.refs(prefix));
  }

  private constructor(
    private readonly _repository: VolumeRepository,
    private readonly _prefix: string,
    known: ReadonlyMap<string, string>
  ) {
    known.forEach((local, server) => this._set(local, server));
  }

  toLocal(server: string): string {
    return this._local.get(server) ?? server;
  }

  toServer(local: string): string {
    return this._server.get(local) ?? local;
  }

  /** Remembers that a commit has these two names; equal ones need no memory. */
  async join(local: string, server: string): Promise<void> {
    if (local !== server) {
      await this._repository.receive([], this._prefix + server, local);
      this._set(local, server);
    }
  }

  private _set(local: string, server: string): void {
    this._local.set(server, local);
    this._server.set(local, server);
  }

  private readonly _local = new Map<string, string>();
  private readonly _server = new Map<string, string>();
}
