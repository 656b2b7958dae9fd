import type { Child } from 'hono/jsx'

export function Badge(props: { tone?: 'plain' | 'on' | 'low'; children: Child }) {
  const tone = props.tone ?? 'plain'
  return <span class={tone === 'plain' ? 'badge' : `badge ${tone}`}>{props.children}</span>
}
