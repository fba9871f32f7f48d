import { lazy, Suspense } from 'react';
import type { MarkdownProps } from './Markdown';
import classes from './minutes.module.css';

// What reads Markdown comes once there is some to read; where it does not come, the text stands as written.
const Markdown = lazy(() => import('./Markdown').catch(() => ({ default: Plain })));

function Plain({ text, line }: MarkdownProps) {
  return line ? text : <p className={classes.plain}>{text}</p>;
}

type TextProps = Omit<MarkdownProps, 'line'>;

/** Minutes in one line, for a list: without paragraphs, links and marks of lists. */
export function MinutesLine(props: TextProps) {
  return (
    <Suspense fallback={props.text}>
      <Markdown {...props} line />
    </Suspense>
  );
}

/** Minutes as they are read. */
export function Minutes(props: TextProps) {
  return (
    <div className={classes.minutes}>
      <Suspense fallback={<Plain {...props} />}>
        <Markdown {...props} />
      </Suspense>
    </div>
  );
}
