CREATE TABLE `limits` (
	`key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`points` int NOT NULL DEFAULT 0,
	`expire` bigint unsigned,
	CONSTRAINT `limits_key` PRIMARY KEY(`key`)
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`user_id` int unsigned NOT NULL,
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`prefix` varchar(12) character set ascii collate ascii_bin NOT NULL,
	`scope` varchar(8) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`created_by` int unsigned NOT NULL,
	`revoked_at` datetime(3),
	`last_used_at` datetime(3),
	CONSTRAINT `api_keys_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_keys_user_unique` UNIQUE(`user_id`),
	CONSTRAINT `api_keys_hash_unique` UNIQUE(`hash`)
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `reuse_noticed_at` datetime(3);--> statement-breakpoint
ALTER TABLE `users` ADD `must_change_password` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `last_sign_in_at` datetime(3);--> statement-breakpoint
ALTER TABLE `api_keys` ADD CONSTRAINT `api_keys_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `api_keys` ADD CONSTRAINT `api_keys_created_by_users_id_fk` FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `access_logs`
	ADD INDEX `access_logs_user` (`user_id`,`id`),
	ADD INDEX `access_logs_action` (`action`,`id`);--> statement-breakpoint
ALTER TABLE `system_logs`
	ADD INDEX `system_logs_user` (`user_id`,`id`),
	ADD INDEX `system_logs_action` (`action`,`id`),
	ADD INDEX `system_logs_time` (`recorded_at`,`id`);--> statement-breakpoint
CREATE INDEX `sessions_last_seen` ON `sessions` (`last_seen_at`);