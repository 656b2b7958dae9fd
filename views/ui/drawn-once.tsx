import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { flat } from '#src/flat-text.ts'
import { recentOnly } from '#src/recent.ts'

/** What a text can say all of. Elements and functions are not of it: a component that takes some is drawn each time. */
export type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | readonly Plain[]
  | PlainRecord

export type PlainRecord = { readonly [name: string]: Plain }

type Drawing = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * A component whose markup hangs on its properties alone is drawn once for the same properties, since from one drawing of
 * a page to the next hardly a row changes. The last `most` drawings are kept, for everybody. What reads the time, a
 * context or anything else besides its properties must not be drawn so; nor what stands within an `<svg>` or a `<head>`,
 * which are contexts of hono's; nor what holds a form token, which would be kept as well.
 */
export function drawnOnce<Properties extends PlainRecord>(
  most: number,
  Component: (properties: Properties) => Drawing,
): (properties: Properties) => HtmlEscapedString {
  const drawings = recentOnly<HtmlEscapedString>(most)
  return (properties) => {
    const key = textOf(properties)
    const drawing = drawings.get(key) ?? draw(<Component {...properties} />)
    drawings.set(key, drawing)
    return drawing
  }
}

function draw(element: Drawing): HtmlEscapedString {
  const text: unknown = element.toString()
  if (typeof text !== 'string') throw new TypeError('what is drawn once must not wait')
  return raw(flat(text))
}

/** Each part says of which type it is and where it ends, so that different values never have the same text. */
function textOf(value: Plain): string {
  switch (typeof value) {
    case 'string':
      return `"${value.length}:${value}`
    case 'number':
      return `#${value};`
    case 'bigint':
      return `n${value};`
    case 'boolean':
      return value ? '+' : '-'
    case 'undefined':
      return '?'
    case 'object':
      return textOfObject(value)
    default:
      throw new TypeError(`what is drawn once takes no ${typeof value}`)
  }
}

function textOfObject(value: Date | readonly Plain[] | PlainRecord | null): string {
  if (value === null) return '!'
  if (value instanceof Date) return `@${value.getTime()};`
  if (isList(value)) return textOfList(value)
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError('what is drawn once takes no objects that do more than hold values')
  }
  let text = '{'
  for (const name of Object.keys(value)) text += `,${name.length}:${name}${textOf(value[name])}`
  return `${text}}`
}

function textOfList(values: readonly Plain[]): string {
  let text = '['
  for (const value of values) text += textOf(value)
  return `${text}]`
}

const isList = (value: readonly Plain[] | PlainRecord): value is readonly Plain[] =>
  Array.isArray(value)
