import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { routes } from '#src/app.tsx'
import { buildDocument, type Document, methodOf, pathOf } from '#src/openapi/document.ts'
import type { System } from '#src/system.ts'

const PLACE = 'https://bbm.invalid/openapi'

/** A route of the API by its name in the document: "get /api/users/{id}". */
export const documented = routes.filter(({ api }) => api !== undefined)
export const nameOf = (route: { method: (typeof routes)[number]['method']; path: string }) =>
  `${methodOf(route)} ${pathOf(route)}`

/** Judges requests and answers by the document alone, knowing nothing of what it was made of. */
export function judgeBy(system: System) {
  const document = buildDocument(routes, system.config)
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema(JSON.parse(JSON.stringify(document)), PLACE)
  const faultsAt = (pointer: string[], value: unknown): string[] => {
    const escaped = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    const check = ajv.compile({ $ref: `${PLACE}#/${escaped.map(encodeURIComponent).join('/')}` })
    return check(value)
      ? []
      : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
  return {
    document,
    /** What is wrong with an answer: its status, its type or its content. */
    async faultsOf(name: string, response: Response): Promise<string[]> {
      const status = String(response.status)
      const { pointer, content } = answerAt(document, name, status)
      if (content === null) return [`${status} is not documented`]
      const type = response.headers.get('Content-Type') ?? ''
      const known = Object.keys(content).find(
        (each) => each === type || each === type.split(';')[0],
      )
      if (known === undefined) return [`${type} is not documented`]
      if (known !== 'application/json') {
        // A file that nobody reads keeps its place among those under way.
        return (await response.arrayBuffer()).byteLength > 0 ? [] : ['the file is empty']
      }
      return faultsAt([...pointer, 'content', known, 'schema'], await response.json())
    },
    faultsOfBody: (name: string, body: unknown) =>
      faultsAt(
        ['paths', ...placeOf(name), 'requestBody', 'content', 'application/json', 'schema'],
        body,
      ),
    faultsAt,
  }
}

export const placeOf = (name: string): [string, string] => {
  const [method = '', path = ''] = name.split(' ')
  return [path, method]
}

function answerAt(document: Document, name: string, status: string) {
  const [path, method] = placeOf(name)
  const operation: unknown = Reflect.get(Object(document.paths?.[path]), method)
  const answers: unknown = Reflect.get(Object(operation), 'responses')
  const answer: unknown = Reflect.get(Object(answers), status)
  const named: unknown = Reflect.get(Object(answer), '$ref')
  if (typeof named === 'string') {
    const component = named.split('/').at(-1) ?? ''
    const shared: unknown = document.components?.responses?.[component]
    return { pointer: ['components', 'responses', component], content: contentOf(shared) }
  }
  return { pointer: ['paths', path, method, 'responses', status], content: contentOf(answer) }
}

function contentOf(answer: unknown): Record<string, unknown> | null {
  const content: unknown = Reflect.get(Object(answer), 'content')
  return content instanceof Object ? { ...content } : null
}
