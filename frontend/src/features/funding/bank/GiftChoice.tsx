import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BookedGifts } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import classes from './bank.module.css';

interface GiftChoiceProps {
  gifts: BookedGifts[];
  value: string[];
  onChange: (importIds: string[]) => void;
  error: ReactNode;
}

/** Which imports of gifts a payment pays out. */
export function GiftChoice({ gifts, value, onChange, error }: GiftChoiceProps) {
  return (
    <Checkbox.Group
      label="Gifts that it pays out"
      description="They are income already, by the platform’s list; the payment makes none."
      value={value}
      onChange={onChange}
      error={error}
    >
      <ul className={classes.gifts}>
        {gifts.map(({ importId, name, donorName, from, to, left, net }) => (
          <li key={importId}>
            <Checkbox
              value={importId}
              label={donorName}
              description={`${name} · ${from === to ? formatDate(to) : `${formatDate(from)} to ${formatDate(to)}`} · ${formatMoney(net)} after fees`}
            />
            <span className="num">
              {formatMoney(left)} <span className={classes.mute}>left</span>
            </span>
          </li>
        ))}
      </ul>
    </Checkbox.Group>
  );
}
