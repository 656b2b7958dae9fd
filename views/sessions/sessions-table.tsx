import type { SessionView } from '#src/auth/session-list.ts'
import { businessDay, formatRecent, wallClock } from '#src/units/business-day.ts'
import { SESSIONS_ID } from '#views/ids.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type SessionsPanelProps = {
  heading: string
  rows: SessionView[]
  /** The session that asks. */
  ownSessionId: string
  now: Date
  zone: string
  /** Where a form is sent that ends a session: its field `session` holds the session's id, or "all". */
  action: string
  formToken: string
  /** The forms' keys begin with it. */
  requestId: string
  /** What the button for `all` says; left out where there is none. */
  endAllLabel?: string | undefined
  /** Where nobody is signed in. */
  empty: string
}

/** Where somebody is signed in, each with a button that ends it. The answer to one takes the place of the panel. */
export function SessionsPanel(props: SessionsPanelProps) {
  const { rows, endAllLabel } = props
  const isAllOffered = endAllLabel !== undefined && rows.length > 0
  return (
    <Panel
      id={SESSIONS_ID}
      heading={props.heading}
      aside={isAllOffered ? <EndForm {...props} session="all" label={endAllLabel} /> : undefined}
    >
      {rows.length > 0 ? (
        <SessionsTable {...props} />
      ) : (
        <div class="panel-body">
          <p>{props.empty}</p>
        </div>
      )}
    </Panel>
  )
}

function SessionsTable(props: SessionsPanelProps) {
  const { rows, ownSessionId, now, zone } = props
  const today = businessDay(now, zone)
  const when = (instant: Date) => formatRecent(wallClock(instant, zone), today)
  return (
    <table class="table stack sessions">
      <caption class="visually-hidden">{props.heading}</caption>
      <thead>
        <tr>
          <th scope="col">Perangkat</th>
          <th scope="col">Alamat</th>
          <th scope="col">Masuk sejak</th>
          <th scope="col">Terakhir dipakai</th>
          <th scope="col">
            <span class="visually-hidden">Tindakan</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, device, address, createdAt, lastSeenAt }) => (
          <tr>
            <th scope="row" class="c-device">
              {device} {id === ownSessionId ? <Badge tone="on">Sesi ini</Badge> : null}
            </th>
            <td class="c-address">{address}</td>
            <td class="c-since">{when(createdAt)}</td>
            <td class="c-last-seen">{when(lastSeenAt)}</td>
            <td class="c-end">
              <EndForm {...props} session={id} label="Akhiri" of={device} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type EndFormProps = Pick<SessionsPanelProps, 'action' | 'formToken' | 'requestId'> & {
  session: string
  label: string
  of?: string
}

function EndForm({ action, formToken, requestId, session, label, of }: EndFormProps) {
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target={`#${SESSIONS_ID}`}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-disabled-elt="find button"
    >
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="requestId" value={`${requestId}.${session}`} />
      <input type="hidden" name="session" value={session} />
      <Button size="compact" {...(of === undefined ? {} : { label: `${label} ${of}` })}>
        {label}
      </Button>
    </form>
  )
}
