/**
 * Rows that come page by page, each page after the last row of the one before; a short page is the last.
 * The next page is asked for before this one is worked on, so that database and program work at the same time.
 */
export async function* inPages<Row>(
  size: number,
  readAfter: (last: Row | undefined) => PromiseLike<Row[]>,
): AsyncGenerator<Row> {
  let coming = ask(readAfter, undefined)
  for (;;) {
    const page = await coming
    const last = page[size - 1]
    if (last) coming = ask(readAfter, last)
    yield* page
    if (!last) return
  }
}

/** A page that nobody waits for any more, since the work has failed elsewhere, may fail in silence. */
function ask<Row>(
  readAfter: (last: Row | undefined) => PromiseLike<Row[]>,
  last: Row | undefined,
): Promise<Row[]> {
  const coming = Promise.resolve(readAfter(last))
  coming.catch(() => undefined)
  return coming
}
