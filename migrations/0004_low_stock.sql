CREATE INDEX `location_balances_low` ON `location_balances` (`low_since`);--> statement-breakpoint
UPDATE `location_balances` SET `low_since` = NULL WHERE `entries` = 0;
