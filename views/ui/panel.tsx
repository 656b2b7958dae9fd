import type { Child } from 'hono/jsx'

export type PanelProps = {
  id: string
  heading: string
  /** At the right of the heading: a link, or a soft word. */
  aside?: Child
  /** Sent along with the answer to a write, to take its place on the page. */
  isOutOfBand?: boolean
  children: Child
}

export function Panel(props: PanelProps) {
  const title = `${props.id}-title`
  return (
    <section
      class="panel"
      id={props.id}
      aria-labelledby={title}
      hx-swap-oob={props.isOutOfBand ? 'true' : undefined}
    >
      <div class="panel-head">
        <h2 id={title}>{props.heading}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}
