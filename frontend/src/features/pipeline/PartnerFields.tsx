import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { options } from '@/shared/format/words';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { partnerWords } from './fields';
import type { OpportunityFormApi } from './OpportunityForm';
import classes from './pipeline.module.css';

/** Who asks together with us, and whose part is how large; all parts together are 100 % at most. */
export function PartnerFields({ form }: { form: OpportunityFormApi }) {
  const { partners } = form.values;
  return (
    <fieldset className={classes.group}>
      <legend>Consortium</legend>
      {partners.length > 0 && (
        <div className={classes.pair} style={{ marginBottom: 16 }}>
          <NativeSelect
            label="Our role"
            data={options(partnerWords)}
            {...form.getInputProps('ourRole')}
          />
          <NumberInput label="Our share, %" min={0} max={100} {...form.getInputProps('ourShare')} />
        </div>
      )}
      {partners.map((partner, i) => (
        <div key={i} className={classes.row}>
          <StakeholderSelect
            label={`Partner ${i + 1}`}
            first="member"
            value={partner.stakeholderId}
            onChange={(id) => form.setFieldValue(`partners.${i}.stakeholderId`, id)}
            error={form.errors[`partners.${i}.stakeholderId`]}
          />
          <NativeSelect
            label="Role"
            data={options(partnerWords)}
            {...form.getInputProps(`partners.${i}.role`)}
          />
          <NumberInput
            label="Share, %"
            min={0}
            max={100}
            {...form.getInputProps(`partners.${i}.share`)}
          />
          <ActionIcon
            size={34}
            aria-label={`Remove partner ${i + 1}`}
            onClick={() => form.removeListItem('partners', i)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() =>
          form.insertListItem('partners', { stakeholderId: '', role: 'partner', share: '' })
        }
      >
        Add a partner
      </Button>
    </fieldset>
  );
}
