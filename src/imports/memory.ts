const SWEEP_ROWS = 20_000

/** Rows become garbage faster than the collector thinks worth its while; a sweep now and then takes milliseconds. */
export function sweepNowAndThen(rows: number): void {
  if (rows % SWEEP_ROWS === 0) Bun.gc(true)
}
