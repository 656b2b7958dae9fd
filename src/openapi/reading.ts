import type { Schema } from '#src/openapi/document.ts'
import type { FieldRow, Word } from '#views/openapi/words.ts'

type Described = Exclude<Schema, boolean | { $ref?: string; properties?: never }>

const REFERENCE = '#/components/schemas/'
const NAMES: Record<string, string> = {
  string: 'teks',
  number: 'angka',
  integer: 'bilangan bulat',
  boolean: 'true atau false',
  object: 'objek',
  null: 'null',
}
const FORMATS: Record<string, string> = {
  date: 'tanggal',
  'date-time': 'waktu UTC',
  password: 'teks rahasia',
  binary: 'berkas',
}

/** The fields of an object, one row each; those of an object within it stand under its name. */
export function fieldsOf(schema: Schema, prefix = ''): FieldRow[] {
  const { properties = {}, required = [] } = describedOf(schema)
  return Object.entries(properties).flatMap(([name, property]) => {
    const inner = insideOf(property)
    const path = `${prefix}${name}`
    const row: FieldRow = {
      name: path,
      type: typeOf(property),
      isRequired: required.includes(name),
      description: descriptionOf(property),
    }
    return inner ? [row, ...fieldsOf(inner.schema, `${path}${inner.mark}`)] : [row]
  })
}

/** What a value is, in words; a shape that has a name of its own is named. */
export function typeOf(schema: Schema): Word[] {
  const shape = shapeOf(schema)
  if (shape !== null) return [{ text: shape, shape }]
  const described = describedOf(schema)
  const choices = described.anyOf ?? described.oneOf
  if (choices) return joined(choices.map(typeOf))
  if (described.const !== undefined) return [{ text: JSON.stringify(described.const) }]
  if (described.enum) return joined(described.enum.map((value) => [{ text: String(value) }]))
  if (Array.isArray(described.type))
    return joined(described.type.map((type) => typeOf({ ...described, type })))
  if (described.type === 'array' && described.items)
    return [{ text: 'daftar ' }, ...typeOf(described.items)]
  return [{ text: nameOf(described) }]
}

/** The name of a shape that is described once for all, or null. */
export function shapeOf(schema: Schema): string | null {
  if (typeof schema === 'boolean' || !('$ref' in schema)) return null
  return schema.$ref?.startsWith(REFERENCE) ? schema.$ref.slice(REFERENCE.length) : null
}

/** What is said of a value: by itself, or by what it may be where it may be null as well. */
function descriptionOf(schema: Schema): string {
  const { description, anyOf = [] } = describedOf(schema)
  return description ?? anyOf.map(descriptionOf).find((each) => each !== '') ?? ''
}

export const describedOf = (schema: Schema): Described =>
  typeof schema === 'boolean' || '$ref' in schema ? {} : schema

/** The object that a value is, or holds, where it has no name of its own. */
function insideOf(schema: Schema): { schema: Schema; mark: string } | null {
  const { type, items, properties, anyOf = [] } = describedOf(schema)
  if (properties) return { schema, mark: '.' }
  if (type === 'array' && items) {
    const inner = insideOf(items)
    return inner && { ...inner, mark: '[].' }
  }
  return anyOf.map(insideOf).find((inner) => inner !== null) ?? null
}

function joined(choices: Word[][]): Word[] {
  return choices.flatMap((words, at) => (at === 0 ? words : [{ text: ' atau ' }, ...words]))
}

function nameOf({ type, format, ...limits }: Described): string {
  const name = FORMATS[format ?? ''] ?? NAMES[String(type)] ?? 'nilai apa pun'
  const { minimum, maximum, minLength, maxLength } = limits
  if (maxLength !== undefined) return `${name}, ${rangeOf(minLength, maxLength)} huruf`
  if (maximum !== undefined && minimum !== undefined) return `${name}, ${minimum} sampai ${maximum}`
  return name
}

const rangeOf = (least: number | undefined, most: number): string =>
  least === undefined || least === 0 ? `paling banyak ${most}` : `${least} sampai ${most}`
