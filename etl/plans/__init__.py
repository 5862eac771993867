"""What became of strategic plans: what cannot be measured, realisation, roll-up, pace; frames of the plan marts."""
