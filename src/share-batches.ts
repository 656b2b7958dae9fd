/**
 * So many look-ups at a time: what is asked while they are under way is looked up together by the next one, which begins
 * after all of it was asked, so that nobody gets an answer older than their question. A key that the look-up says
 * nothing of is null.
 */
export function shareBatches<Value>(
  most: number,
  lookUp: (keys: string[]) => Promise<Map<string, Value>>,
): (key: string) => Promise<Value | null> {
  type Batch = { keys: Set<string>; found: Promise<Map<string, Value>>; begin: () => void }
  let underWay = 0
  let waiting: Batch | null = null

  function run(keys: Set<string>): Promise<Map<string, Value>> {
    underWay++
    const found = lookUp([...keys])
    const end = () => {
      underWay--
      const next = waiting
      waiting = null
      next?.begin()
    }
    found.then(end, end)
    return found
  }

  function openBatch(): Batch {
    const keys = new Set<string>()
    let begin = () => {}
    const isTurn = new Promise<void>((resolve) => {
      begin = resolve
    })
    return { keys, found: isTurn.then(() => run(keys)), begin: () => begin() }
  }

  return async (key) => {
    if (underWay < most && waiting === null) return (await run(new Set([key]))).get(key) ?? null
    waiting ??= openBatch()
    waiting.keys.add(key)
    return (await waiting.found).get(key) ?? null
  }
}
