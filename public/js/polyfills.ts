/** What Chromium 64 lacks and htmx uses. Loaded before everything else. */
const root: Record<string, unknown> = window as never

define(root, 'globalThis', window)
define(root, 'queueMicrotask', (task: () => void) => {
  Promise.resolve().then(task)
})
define(Object, 'fromEntries', (entries: Iterable<[string, unknown]>) => {
  const object: Record<string, unknown> = {}
  for (const [key, value] of Array.from(entries)) object[key] = value
  return object
})
define(Array.prototype, 'flat', function flat(this: unknown[], depth = 1): unknown[] {
  return this.reduce<unknown[]>((flattened, item) => {
    const isNested = Array.isArray(item) && depth > 0
    return flattened.concat(isNested ? flat.call(item, depth - 1) : [item])
  }, [])
})

function define(target: object, name: string, value: unknown): void {
  if (name in target) return
  Object.defineProperty(target, name, { value, writable: true, configurable: true })
}
