import type { Child } from 'hono/jsx'

export type NoticeTone = 'plain' | 'done' | 'low' | 'bad'

export type NoticeProps = {
  tone?: NoticeTone
  heading?: string
  /** On one line, with what to do next at its end. */
  isLine?: boolean
  children: Child
}

/** A message that stands where it belongs and stays. */
export function Notice(props: NoticeProps) {
  const tone = props.tone ?? 'plain'
  const classes = ['notice', tone === 'plain' ? '' : tone, props.isLine ? 'notice-line' : '']
  return (
    <div class={classes.filter((part) => part !== '').join(' ')}>
      {props.heading ? <h2>{props.heading}</h2> : null}
      {props.children}
    </div>
  )
}
