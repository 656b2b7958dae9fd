import {
  CALLERS,
  type Document,
  type Operation,
  type Response,
  type Schema,
} from '#src/openapi/document.ts'
import { describedOf, fieldsOf, shapeOf, typeOf } from '#src/openapi/reading.ts'
import type { DocsPageProps } from '#views/openapi/docs-page.tsx'
import type { AnswerRow, FieldRow, OperationView, ShapeView } from '#views/openapi/words.ts'

type Answered = Exclude<Response, { $ref: string }>
type Content = Answered['content']

const METHODS = ['get', 'post', 'patch', 'delete'] as const
const JSON_TYPE = 'application/json'
const PLACES: Record<string, string> = { path: 'alamat', query: 'query', header: 'kepala' }
const CALLER_NAMES: Record<string, string> = {
  operasional: 'Operasional',
  supervisor: 'Supervisor',
  admin: 'Admin',
  'key read': 'Kunci yang membaca',
  'key book': 'Kunci yang mencatat',
  anyone: 'Siapa saja, juga sebelum masuk',
}

/** What the page about the API shows, made of the document itself. */
export function docsOf(document: Document): DocsPageProps {
  const origin = document.servers?.[0]?.url ?? ''
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation
        ? [
            {
              tag: operation.tags?.[0],
              view: viewOf({ document, origin, path, method, operation }),
            },
          ]
        : []
    }),
  )
  const chapters = (document.tags ?? []).map(({ name, description }) => ({
    name,
    description: description ?? '',
    operations: operations.flatMap(({ tag, view }) => (tag === name ? view : [])),
  }))
  return {
    about: (document.info.description ?? '').split('\n\n'),
    chapters: chapters.filter((chapter) => chapter.operations.length > 0),
    refusals: refusalsOf(document),
    shapes: Object.entries(document.components?.schemas ?? {}).map(shapeView),
  }
}

type Found = {
  document: Document
  origin: string
  path: string
  method: (typeof METHODS)[number]
  operation: Operation
}

function viewOf({ document, origin, path, method, operation }: Found): OperationView {
  const { operationId = '', summary = '', description = '' } = operation
  const callers: unknown = operation[CALLERS]
  const body = bodyOf(operation)
  const answers = answersOf(document, operation)
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    callers: Array.isArray(callers) ? callers.map((caller) => CALLER_NAMES[caller] ?? caller) : [],
    parameters: parametersOf(operation),
    body: body === null ? null : typeOf(body),
    answers: answers.filter(({ status }) => !isRefusal(status)),
    refusals: answers.map(({ status }) => status).filter(isRefusal),
    command: commandOf({ document, origin, path, method, operation }),
  }
}

function parametersOf({ parameters = [] }: Operation): FieldRow[] {
  return parameters.flatMap((parameter) => {
    if ('$ref' in parameter || !('name' in parameter)) return []
    const { name, required, schema = {}, description } = parameter
    const place = PLACES[parameter.in] ?? parameter.in
    return [
      {
        name,
        place,
        type: typeOf(schema),
        isRequired: required === true,
        description: description ?? describedOf(schema).description ?? '',
      },
    ]
  })
}

function bodyOf({ requestBody }: Operation): Schema | null {
  if (!requestBody || '$ref' in requestBody) return null
  return contentSchema(requestBody.content, JSON_TYPE)
}

const isRefusal = (status: string): boolean => Number(status) >= 400

/** Each way to refuse is described the same wherever it is met. */
function refusalsOf(document: Document): AnswerRow[] {
  const items = Object.values(document.paths ?? {})
  const all = items.flatMap((item) => METHODS.flatMap((method) => item[method] ?? []))
  const rows = all.flatMap((operation) => answersOf(document, operation))
  const byStatus = new Map(rows.map((row) => [row.status, row]))
  return [...byStatus.values()]
    .filter(({ status }) => isRefusal(status))
    .sort((a, b) => Number(a.status) - Number(b.status))
}

function answersOf(document: Document, { responses = {} }: Operation): AnswerRow[] {
  return Object.entries(responses).map(([status, response]) => {
    const { description, content } = resolved(document, response)
    const isJson = content?.[JSON_TYPE] !== undefined
    const schema = content && isJson ? contentSchema(content, JSON_TYPE) : null
    return {
      status,
      description,
      content: schema ? contentWords(schema) : Object.keys(content ?? {}).map((text) => ({ text })),
    }
  })
}

/** Nearly every answer is an object with nothing but `data`: what that is says more. */
function contentWords(schema: Schema) {
  const { properties = {} } = describedOf(schema)
  const [data] = Object.keys(properties).length === 1 ? [properties.data] : []
  return data ? [{ text: 'data: ' }, ...typeOf(data)] : typeOf(schema)
}

function contentSchema(content: Content, type: string): Schema | null {
  const media = content?.[type]
  return media && 'schema' in media && media.schema ? media.schema : null
}

/** A refusal is described once for all routes. */
function resolved(
  document: Document,
  response: Response,
): { description: string; content: Content } {
  if (!('$ref' in response))
    return { description: response.description ?? '', content: response.content }
  const name = response.$ref?.split('/').at(-1) ?? ''
  const named = document.components?.responses?.[name]
  return named && !('$ref' in named) ? resolved(document, named) : { description: '', content: {} }
}

function shapeView([name, schema]: [string, Schema]): ShapeView {
  return { name, description: describedOf(schema).description ?? '', fields: fieldsOf(schema) }
}

/** A command that works once the key is put in; what a body looks like is taken from its example. */
function commandOf({ document, origin, path, method, operation }: Found): string {
  const isForKeys = operation.security?.some((scheme) => 'key' in scheme) ?? false
  const body = bodyOf(operation)
  const shape = body && shapeOf(body)
  const described = shape ? describedOf(document.components?.schemas?.[shape] ?? {}) : {}
  return [
    'curl',
    method === 'get' || (method === 'post' && body) ? '' : `-X ${method.toUpperCase()}`,
    isForKeys ? `-H 'Authorization: Bearer KUNCI'` : '-b cookie.txt -c cookie.txt',
    body
      ? `-H 'Content-Type: application/json' -d '${JSON.stringify(described.examples?.[0] ?? {})}'`
      : '',
    `${origin}${exampleOf(path, operation)}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function exampleOf(path: string, { parameters = [] }: Operation): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const found = parameters.find((parameter) => 'name' in parameter && parameter.name === name)
    const schema = found && 'schema' in found ? found.schema : undefined
    return String(describedOf(schema ?? {}).examples?.[0] ?? name.toUpperCase())
  })
}
