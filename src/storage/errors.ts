/**
 * Why a store cannot be used. `locked`: another process writes it · `newer_schema`: a newer Jishi migrated it ·
 * `foreign_file`: not a store of Jishi · `closed`: used after `close()` · `damaged`: it contradicts itself.
 */
export type StoreFault = 'locked' | 'newer_schema' | 'foreign_file' | 'closed' | 'damaged';

export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
  }
}
