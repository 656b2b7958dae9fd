const SWEEP_ROWS = 10_000

/** Rows become garbage faster than the collector thinks worth its while; a sweep now and then takes milliseconds. */
export function sweepNowAndThen(rows: number, every = SWEEP_ROWS): void {
  if (rows % every === 0) Bun.gc(true)
}
