import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { Permission } from '#src/auth/permissions.ts'
import type { Config } from '#src/config.ts'
import { type Answer, type ApiDeclaration, schemaIn, TAGS } from '#src/http/api-route.ts'
import { cookieName } from '#src/http/cookies.ts'
import { requestId } from '#src/http/input.ts'
import type { Route } from '#src/http/route.ts'
import { describeApi, KEY_SCHEME, SESSION_SCHEME } from '#src/openapi/about.ts'
import { REFUSALS, refusalsOf } from '#src/openapi/refusals.ts'

export type Document = ReturnType<typeof createDocument>
export type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>
type Components = NonNullable<Document['components']>
export type Schema = NonNullable<Components['schemas']>[string]
export type Response = NonNullable<Components['responses']>[string]
type Documented = Route & { api: ApiDeclaration }

/** What a route says of itself beyond the standard: who may use it. */
export const CALLERS = 'x-callers'
const JSON_TYPE = 'application/json'

/** The whole API as OpenAPI 3.1, made of what its routes declare: the very schemas that requests are checked by. */
export function buildDocument(routes: Route[], config: Config): Document {
  const documented = routes.filter((route): route is Documented => route.api !== undefined)
  const paths: ZodOpenApiPathsObject = {}
  for (const route of documented) {
    const path = pathOf(route)
    const method = methodOf(route)
    paths[path] = { ...paths[path], [method]: operationOf(route, config) }
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'API Monitoring BBM',
        version: '1',
        license: { name: 'Milik perusahaan', identifier: 'LicenseRef-Proprietary' },
        description: describeApi(config.timezone),
      },
      servers: [{ url: config.publicOrigin }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        securitySchemes: {
          session: { ...SESSION_SCHEME, name: cookieName(config, 'access') },
          key: KEY_SCHEME,
        },
      },
    },
    { override: tidy },
  )
}

/** `/api/users/:id` is written `/api/users/{id}`. */
export const pathOf = ({ path }: Pick<Route, 'path'>): string =>
  path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')

const METHODS = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const
export const methodOf = ({ method }: Pick<Route, 'method'>) => METHODS[method]

function operationOf(route: Documented, config: Config): ZodOpenApiOperationObject {
  const { api, permission } = route
  const { operationId, tag, summary, description, path, query, json } = api
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    [CALLERS]: permission === 'anyone' ? ['anyone'] : [...permission],
    security: securityOf(permission),
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(api.isKeyed && { header: z.object({ 'Idempotency-Key': requestId }) }),
    },
    ...(json && {
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: schemaIn(json, config.timezone) } },
      },
    }),
    responses: responsesOf(route),
  }
}

/** Whoever may, may by a session; programs by their key where the permission names a scope. */
function securityOf(permission: Permission) {
  if (permission === 'anyone') return []
  const isForKeys = permission.some((caller) => caller.startsWith('key '))
  return [{ session: [] }, ...(isForKeys ? [{ key: [] }] : [])]
}

function responsesOf(route: Documented): ZodOpenApiResponsesObject {
  const answers = Object.entries(route.api.answers).map(([status, answer]) => [
    status,
    { description: answer.description, content: contentOf(answer) },
  ])
  const refusals = refusalsOf(route).map((status) => [status, REFUSALS[status]])
  return Object.fromEntries([...answers, ...refusals])
}

function contentOf(answer: Answer) {
  if ('schema' in answer) return { [JSON_TYPE]: { schema: answer.schema } }
  const file = { schema: { type: 'string', format: 'binary' } as const }
  return Object.fromEntries(answer.files.map((type) => [type, file]))
}

/** Patterns that only spell out a format, and the ends of what a number can hold, tell nobody anything. */
const tidy: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}
