import type { Child } from 'hono/jsx'

export function Empty(props: { heading: string; children: Child }) {
  return (
    <div class="empty">
      <h2>{props.heading}</h2>
      {props.children}
    </div>
  )
}
