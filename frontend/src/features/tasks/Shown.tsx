import { useQuery } from '@tanstack/react-query';
import { formatDate } from '@/shared/format/date';
import { say, taskStateWords } from '@/shared/format/words';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { leads } from './values';
import classes from './tasks.module.css';

interface ShownProps {
  field: string;
  value: unknown;
}

/** A value of the form as a person reads it, beside what somebody else has written meanwhile. */
export function Shown({ field, value }: ShownProps) {
  const colleagues = useQuery(colleaguesQuery).data;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) {
    const list = value.map(String);
    if (list.length === 0) return '–';
    if (field === 'reminders') {
      const words = leads(list);
      return list.map((days) => words.find((one) => one.value === days)?.label).join(', ');
    }
    return list.map((id) => (
      <div key={id}>
        <StakeholderLink id={id} />
      </div>
    ));
  }
  if (typeof value !== 'string' || value === '') return '–';
  if (field === 'ownerId') return colleagues?.get(value) ?? value;
  if (field === 'state') return say(taskStateWords, value);
  if (field === 'due') return formatDate(value);
  return <span className={classes.written}>{value}</span>;
}
