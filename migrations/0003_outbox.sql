CREATE TABLE `outbox` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`delivery_id` varchar(36) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(16) NOT NULL,
	`location_id` int unsigned NOT NULL,
	`payload` text NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`due_at` datetime(3),
	`claimed_until` datetime(3),
	`attempts` int unsigned NOT NULL DEFAULT 0,
	`delivered_at` datetime(3),
	`given_up_at` datetime(3),
	`last_error` varchar(500),
	CONSTRAINT `outbox_id` PRIMARY KEY(`id`),
	CONSTRAINT `outbox_delivery_unique` UNIQUE(`delivery_id`)
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD CONSTRAINT `outbox_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`);--> statement-breakpoint
UPDATE `location_balances`
	INNER JOIN `locations` ON `locations`.`id` = `location_balances`.`location_id`
	SET `low_since` = UTC_TIMESTAMP(3)
	WHERE `low_since` IS NULL AND `balance` < `low_stock_litres`;
