import { SegmentedControl } from '@mantine/core';
import classes from './funding.module.css';
import type { LensSearch } from './search';

interface LensProps {
  lens: LensSearch;
  onChange: (next: LensSearch) => void;
}

const weightings = ['discount', 'cutoff', 'none'] as const;

/** When money counts, and how much of what is not signed. */
export function Lens({ lens, onChange }: LensProps) {
  return (
    <div className={classes.controls}>
      <SegmentedControl
        aria-label="Basis"
        data={[
          { value: 'cash', label: 'Cash' },
          { value: 'accrued', label: 'Accrued' },
        ]}
        value={lens.basis ?? 'cash'}
        onChange={(value) => onChange({ basis: value === 'accrued' ? 'accrued' : undefined })}
      />
      <SegmentedControl
        aria-label="Pipeline"
        data={[
          { value: 'discount', label: 'Discount' },
          { value: 'cutoff', label: 'Cut-off' },
          { value: 'none', label: 'Signed only' },
        ]}
        value={lens.weighting ?? 'discount'}
        onChange={(value) =>
          onChange({ weighting: weightings.find((one) => one === value && one !== 'discount') })
        }
      />
      <p className={classes.hint}>
        {hints[lens.weighting ?? 'discount']}{' '}
        {lens.basis === 'accrued'
          ? 'Money counts day by day over the term it is for.'
          : 'Money counts when it is due to be paid, and opportunities day by day over their term.'}
      </p>
    </div>
  );
}

const hints = {
  discount: 'Opportunities count with their amount times their probability.',
  cutoff: 'Opportunities count whole from a probability of 75 % on, and not below.',
  none: 'Opportunities do not count.',
};
