import { Link } from '@tanstack/react-router';
import type { AuditChange, AuditEntry } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import classes from './audit.module.css';

/** One entry: who did what to which record; the values unfold. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  return (
    <li className={classes.entry}>
      <details>
        <summary className={classes.summary}>
          <span className={classes.when}>
            <When at={entry.at} />
          </span>
          <span className={classes.what}>
            <strong>{entry.byName || 'Piper'}</strong> {entry.what}{' '}
            {/* counts name their collections themselves */}
            {!entry.counts && entry.collection} {entry.recordId && <code>{entry.recordId}</code>}{' '}
            {summaryOf(entry)}
          </span>
          {entry.erased && <Tag tone="warn">Erased</Tag>}
          {entry.aside && <Tag>Kept with a merge</Tag>}
        </summary>
        <Values entry={entry} />
      </details>
    </li>
  );
}

function summaryOf({ changes, counts }: AuditEntry): string {
  if (counts) {
    return Object.entries(counts)
      .map(([name, { created, updated, removed }]) => {
        const parts = [
          created && `${formatCount(created)} created`,
          updated && `${formatCount(updated)} updated`,
          removed && `${formatCount(removed)} removed`,
        ].filter(Boolean);
        return `${name}: ${parts.join(', ')}`;
      })
      .join('; ');
  }
  return changes.length > 0 ? `(${changes.map(({ field }) => field).join(', ')})` : '';
}

function Values({ entry }: { entry: AuditEntry }) {
  return (
    <div className={classes.values}>
      {entry.collection === 'stakeholders' && entry.recordId && !entry.aside && (
        <Link to="/stakeholders/$id" params={{ id: entry.recordId }} className={classes.open}>
          Open the record
        </Link>
      )}
      {entry.changes.length === 0 ? (
        <p>No values are kept with this entry.</p>
      ) : (
        <dl>
          {entry.changes.map((change) => (
            <div key={change.field} className={classes.change}>
              <dt>{change.field}</dt>
              <dd>
                <Value change={change} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Value({ change }: { change: AuditChange }) {
  if (change.form === 'secret') return <em>changed; a secret is never written down</em>;
  return (
    <>
      {change.old !== undefined && <del>{plain(change.old)}</del>} {plain(change.new)}
    </>
  );
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
