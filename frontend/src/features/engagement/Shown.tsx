import { useQuery } from '@tanstack/react-query';
import { formatDate } from '@/shared/format/date';
import { say } from '@/shared/format/words';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { kindWords } from './kinds';
import classes from './engagement.module.css';

/** A value of the dialog as a person reads it, beside what somebody else has written meanwhile. */
export function Shown({ field, value }: { field: string; value: unknown }) {
  const colleagues = useQuery(colleaguesQuery).data;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map(String)
      .map((id) => (
        <div key={id}>
          {field === 'participantIds' ? (colleagues?.get(id) ?? id) : <StakeholderLink id={id} />}
        </div>
      ));
  }
  if (typeof value !== 'string' || value === '') return '–';
  if (field === 'kind') return say(kindWords, value);
  if (field === 'date') return formatDate(value);
  return <span className={classes.written}>{value}</span>;
}
