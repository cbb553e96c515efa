"""Step 2, the manager: agree, talk first or not this route; another manager; a silent one."""
