import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { render } from '#src/http/render.tsx'
import { type Route, route } from '#src/http/route.ts'
import { docsOf } from '#src/openapi/docs.ts'
import { buildDocument, type Document } from '#src/openapi/document.ts'
import type { System } from '#src/system.ts'
import { DocsPage } from '#views/openapi/docs-page.tsx'
import { DOCS_PATH, DOCUMENT_PATH } from '#views/openapi/words.ts'

const DocumentAnswer = z
  .looseObject({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) })
  .meta({ description: 'OpenAPI 3.1.' })

/** The document of all routes, this one included, and a page for people made of it. */
export function openapiRoutes(all: () => Route[]): Route[] {
  const known = new WeakMap<System, Document>()
  const documentFor = (system: System): Document => {
    const document = known.get(system) ?? buildDocument(all(), system.config)
    known.set(system, document)
    return document
  }
  return [
    apiRoute(
      'GET',
      DOCUMENT_PATH,
      can.readApiDocs,
      {
        operationId: 'readApiDocument',
        tag: 'Dokumentasi',
        summary: 'Dokumen ini',
        answers: { 200: { description: 'Dokumen OpenAPI.', schema: DocumentAnswer } },
      },
      (c) => c.json(documentFor(c.get('system'))),
    ),

    route('GET', DOCS_PATH, can.readApiDocs, (c) =>
      render(
        c,
        { title: 'Dokumentasi API' },
        <DocsPage {...docsOf(documentFor(c.get('system')))} />,
      ),
    ),
  ]
}
