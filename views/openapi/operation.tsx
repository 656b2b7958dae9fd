import { Fields, TypeWords } from '#views/openapi/fields.tsx'
import { type AnswerRow, type OperationView, REFUSALS_ID } from '#views/openapi/words.ts'
import { CopyButton } from '#views/ui/copy-button.tsx'
import { Panel } from '#views/ui/panel.tsx'

/** One way to ask: who may, with what, and what comes back. */
export function Operation({ operation }: { operation: OperationView }) {
  const { id, method, path, summary, description, callers, parameters, body, answers } = operation
  return (
    <Panel id={id} heading={summary}>
      <div class="panel-body docs-operation">
        <p>
          <code class="docs-route">
            <b>{method}</b> {path}
          </code>
        </p>
        {description === '' ? null : <p>{description}</p>}
        <p>
          <span class="soft">Boleh dipakai oleh:</span> {callers.join(', ')}
        </p>
        {body === null ? null : (
          <p>
            <span class="soft">Isi permintaan:</span> <TypeWords words={body} />
          </p>
        )}
      </div>
      {parameters.length > 0 ? (
        <>
          <h3 class="docs-heading">Parameter</h3>
          <Fields caption={`Parameter: ${summary}`} fields={parameters} />
        </>
      ) : null}
      <h3 class="docs-heading">Jawaban</h3>
      <Answers answers={answers} caption={`Jawaban: ${summary}`} />
      <p class="docs-refused">
        <a href={`#${REFUSALS_ID}`}>Ditolak</a> dengan {operation.refusals.join(', ')}.
      </p>
      <h3 class="docs-heading">Contoh</h3>
      <div class="panel-body docs-example">
        <pre class="command" id={`${id}-contoh`}>
          {operation.command}
        </pre>
        <CopyButton of={`${id}-contoh`} label="Salin contoh" />
      </div>
    </Panel>
  )
}

export function Answers({ answers, caption }: { answers: AnswerRow[]; caption: string }) {
  return (
    <table class="table stack docs-answers">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Kode</th>
          <th scope="col">Isi</th>
          <th scope="col">Arti</th>
        </tr>
      </thead>
      <tbody>
        {answers.map(({ status, description, content }) => (
          <tr>
            <th scope="row" class="c-status">
              {status}
            </th>
            <td class="c-kind">
              <TypeWords words={content} />
            </td>
            <td class="c-meaning">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
