/** Addresses of the demonstrations that are open, one for each worker: PIPER_E2E_URL, separated by blanks. */
const open = () => (process.env['PIPER_E2E_URL'] ?? '').split(' ').filter((url) => url !== '');

/** How many demonstrations there are, or shall be: two, since a browser test waits for a part of its time. */
export const houses = (): number => open().length || 2;

/** The demonstration of a worker. */
export function houseOf(worker: number): string {
  const url = open()[worker];
  if (url === undefined) throw new Error(`no demonstration is open for worker ${worker}`);
  return url;
}
