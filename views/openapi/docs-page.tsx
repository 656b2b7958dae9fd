import { Fields } from '#views/openapi/fields.tsx'
import { Answers, Operation } from '#views/openapi/operation.tsx'
import {
  type AnswerRow,
  type Chapter,
  DOCUMENT_PATH,
  REFUSALS_ID,
  type ShapeView,
  shapeId,
} from '#views/openapi/words.ts'
import { Panel } from '#views/ui/panel.tsx'

export type DocsPageProps = {
  /** Paragraphs of what holds for all of it. */
  about: string[]
  chapters: Chapter[]
  /** How requests are refused, told once for all. */
  refusals: AnswerRow[]
  shapes: ShapeView[]
}

/** The document of the API, for people to read. */
export function DocsPage({ about, chapters, refusals, shapes }: DocsPageProps) {
  return (
    <div class="docs">
      <div class="page-head">
        <h1>Dokumentasi API</h1>
        <p>
          <a href={DOCUMENT_PATH}>OpenAPI 3.1 (JSON)</a>
        </p>
      </div>
      <Panel id="about" heading="Yang berlaku untuk semua">
        <div class="panel-body docs-about">
          {about.map((paragraph) => (
            <p>{inline(paragraph)}</p>
          ))}
        </div>
      </Panel>
      <Contents chapters={chapters} />
      {chapters.map(({ name, description, operations }) => (
        <section class="docs-chapter" aria-label={`Bab ${name}`}>
          <h2>{name}</h2>
          <p class="soft">{description}</p>
          {operations.map((operation) => (
            <Operation operation={operation} />
          ))}
        </section>
      ))}
      <Panel id={REFUSALS_ID} heading="Penolakan">
        <Answers answers={refusals} caption="Penolakan" />
      </Panel>
      <section class="docs-chapter" aria-label="Bentuk data">
        <h2>Bentuk data</h2>
        {shapes.map((shape) => (
          <Shape shape={shape} />
        ))}
      </section>
    </div>
  )
}

function Contents({ chapters }: Pick<DocsPageProps, 'chapters'>) {
  return (
    <nav class="panel docs-contents" aria-label="Isi dokumentasi">
      {chapters.map(({ name, operations }) => (
        <div>
          <h2>{name}</h2>
          <ul>
            {operations.map(({ id, method, path, summary }) => (
              <li>
                <a class="docs-summary" href={`#${id}`}>
                  {summary}
                </a>{' '}
                <code>{`${method} ${path}`}</code>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Shape({ shape: { name, description, fields } }: { shape: ShapeView }) {
  return (
    <Panel id={shapeId(name)} heading={name}>
      <div class="panel-body">
        <p>{description}</p>
      </div>
      <Fields caption={`Isian ${name}`} fields={fields} />
    </Panel>
  )
}

/** The little Markdown that the document uses: bold, and code between backticks. */
function inline(text: string) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
    if (part.startsWith('**')) return <strong>{part.slice(2, -2)}</strong>
    return part.startsWith('`') ? <code>{part.slice(1, -1)}</code> : part
  })
}
