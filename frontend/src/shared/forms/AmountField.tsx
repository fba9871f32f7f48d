import { NumberInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { fraction } from '@/shared/format/number';
import type { Typed } from './amount';
import classes from './AmountField.module.css';

interface AmountFieldProps {
  label: string;
  value: Typed;
  onChange: (next: Typed) => void;
  error?: ReactNode;
  description?: string;
  required?: boolean;
  /** The currency is given: every amount of the record has it. */
  fixed?: boolean;
  /** It may be negative. */
  signed?: boolean;
}

/** An amount and its currency, side by side. */
export function AmountField({
  label,
  value,
  onChange,
  error,
  description,
  required = false,
  fixed = false,
  signed = false,
}: AmountFieldProps) {
  return (
    <div className={classes.amountField}>
      <NumberInput
        label={label}
        required={required}
        error={error}
        description={description}
        {...(!signed && { min: 0 })}
        thousandSeparator=","
        decimalScale={fraction(value.currency)}
        hideControls
        rightSection={fixed ? value.currency : undefined}
        rightSectionWidth={52}
        value={value.figure}
        onChange={(figure) => onChange({ ...value, figure })}
      />
      {!fixed && (
        <TextInput
          label="Currency"
          w={92}
          maxLength={3}
          value={value.currency}
          onChange={(event) =>
            onChange({ ...value, currency: event.currentTarget.value.toUpperCase() })
          }
        />
      )}
    </div>
  );
}
