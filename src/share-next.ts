/**
 * One piece of work at a time for each key: whoever asks while it is under way shares the next, which begins after they
 * asked, so that what they get is never older than their question.
 */
export function shareNext<Value>(
  work: (key: string) => Promise<Value>,
): (key: string) => Promise<Value> {
  type Turn = { value: Promise<Value>; next: Promise<Value> | null }
  const turns = new Map<string, Turn>()

  function begin(key: string): Promise<Value> {
    const turn: Turn = { value: work(key), next: null }
    turns.set(key, turn)
    const end = () => {
      if (turn.next === null) turns.delete(key)
    }
    turn.value.then(end, end)
    return turn.value
  }

  return (key) => {
    const turn = turns.get(key)
    if (!turn) return begin(key)
    const beginNext = () => begin(key)
    turn.next ??= turn.value.then(beginNext, beginNext)
    return turn.next
  }
}
