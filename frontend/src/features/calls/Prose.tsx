import { useRef, useEffect } from 'react';
import classes from './calls.module.css';
import { fitHeadings } from './headings';

/**
 * Text from a source. The server has sanitised the HTML; here it only gets a frame of its own, and its
 * links open beside Piper.
 */
export function Prose({ html, text }: { html?: string | undefined; text?: string | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const link of frame.current?.querySelectorAll('a[href]') ?? []) {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noreferrer nofollow');
    }
  }, [html]);
  if (html) {
    return (
      <div
        ref={frame}
        className={classes.prose}
        dangerouslySetInnerHTML={{ __html: fitHeadings(html) }}
      />
    );
  }
  return (
    <p className={classes.prose} style={{ whiteSpace: 'pre-wrap', margin: 0 }}>
      {text}
    </p>
  );
}
