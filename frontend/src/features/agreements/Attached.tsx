import type { ReactNode } from 'react';
import type { Strung } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { say } from '@/shared/format/words';
import { Tag } from '@/shared/ui/Tag';
import { severityWords, stringKindWords } from './words';
import classes from './agreements.module.css';

interface AttachedProps {
  string: Omit<Strung, 'id'>;
  menu?: ReactNode;
}

/** One string with its severity, in dots and in words. */
export function Attached({ string, menu }: AttachedProps) {
  const { kind, severity, text, clause, from, to, waived, binds } = string;
  const span = [from && `from ${formatDate(from)}`, to && `until ${formatDate(to)}`]
    .filter(Boolean)
    .join(' ');
  return (
    <li data-off={!binds || undefined}>
      <Severity of={severity} />
      <div style={{ display: 'flex', gap: 12, minWidth: 0 }}>
        <div className={classes.rowText}>
          <strong style={{ fontWeight: 600 }}>{say(stringKindWords, kind)}</strong> {text}
          <div className={classes.mute}>
            {[clause, span].filter(Boolean).join(' · ')}{' '}
            {waived ? <Tag tone="good">Waived</Tag> : !binds && <Tag>Does not bind today</Tag>}
          </div>
        </div>
        {menu}
      </div>
    </li>
  );
}

function Severity({ of }: { of: number }) {
  return (
    <span
      className={classes.severity}
      data-severity={of}
      role="img"
      aria-label={severityWords[of] ?? String(of)}
      title={severityWords[of]}
    >
      {[1, 2, 3].map((n) => (
        <i key={n} data-on={n <= of || undefined} />
      ))}
    </span>
  );
}
