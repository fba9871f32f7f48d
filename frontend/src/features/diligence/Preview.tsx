import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { LoadingRows, Ready } from '@/shared/states/states';
import type { CaseOutcome } from './parts';
import { previewQuery } from './queries';
import { standingWords } from './words';
import classes from './diligence.module.css';

interface PreviewProps {
  one: DiligenceCase;
  outcome: CaseOutcome;
  expiresOn: string;
}

/** What a decision would do, and what stands in its way. */
export function Preview({ one, outcome, expiresOn }: PreviewProps) {
  const query = useQuery({
    ...previewQuery(one.id, one.rev, outcome, expiresOn),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.preview} aria-label="What it would do" aria-live="polite">
      <Ready query={query} loading={<LoadingRows rows={3} />}>
        {(preview) => (
          <>
            {preview.blockers.length > 0 && (
              <>
                <p>
                  <strong>Before that:</strong>
                </p>
                <ul>
                  {preview.blockers.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </>
            )}
            <p>
              <strong>{one.donorName}</strong>: {standingWords[preview.from ?? 'missing']} →{' '}
              <strong>{standingWords[preview.to]}</strong>
              {expiresOn && ` until ${formatDate(expiresOn)}`}
              {preview.replaces && '. It replaces the decision that holds until now'}.
            </p>
            {preview.agreements.length > 0 && (
              <p>
                {outcome === 'refuse' ? 'These agreements will warn: ' : 'No warning any more on: '}
                {preview.agreements.map(({ title }) => title).join(', ')}.
              </p>
            )}
            {preview.notices.map((text) => (
              <p key={text} className={classes.mute}>
                {text}
              </p>
            ))}
          </>
        )}
      </Ready>
    </section>
  );
}
